#ifndef CTENSOR_H
#define CTENSOR_H
#endif
