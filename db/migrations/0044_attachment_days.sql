-- How many bytes of attachments whoever puts them put on their last day of China.
create table attachment_days (
  put_by text not null,
  day text not null,
  bytes bigint not null,
  constraint attachment_days_key primary key (put_by)
);
