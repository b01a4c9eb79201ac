#ifndef CDEPLOY_H
#define CDEPLOY_H
#endif
