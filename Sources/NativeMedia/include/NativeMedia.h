// libAnnealMedia is opened at run time through the function table of CData.h; nothing links to it.

#ifndef NATIVEMEDIA_H
#define NATIVEMEDIA_H
#endif
