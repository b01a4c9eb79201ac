// The entry of libAnnealDeploy; what it offers is declared in CDeploy.h.

#ifndef NATIVEDEPLOY_H
#define NATIVEDEPLOY_H
#endif
