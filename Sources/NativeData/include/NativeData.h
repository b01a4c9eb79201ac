// libAnnealData is opened at run time through the function table of CData.h; nothing links to it.

#ifndef NATIVEDATA_H
#define NATIVEDATA_H
#endif
