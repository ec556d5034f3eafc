// The program `tanfang`: every command of the service.
#include "app/app.h"

int main(int count, char** words) { return tanfang::app::run(count, words); }
