// The program `tanfang`: every command of the service.
#include "app/app.h"
#include "platform/excel/xls_child.h"
#include "platform/pictures/pictures.h"

int main(int count, char** words) {
  tanfang::excel::read_xls_for_parent(count, words);
  tanfang::pictures::serve_parent(count, words);
  return tanfang::app::run(count, words);
}
