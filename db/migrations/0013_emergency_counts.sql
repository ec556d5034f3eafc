-- How often an account opened emergency access on a day of China.
create table emergency_counts (
  account bigint not null,
  day text not null,
  grants bigint not null,
  constraint emergency_counts_key primary key (account, day),
  constraint emergency_counts_account foreign key (account) references accounts (id)
);
