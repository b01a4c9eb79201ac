// What glibc declares for GNU sources only, which Swift's view of it leaves out.
int syncfs(int descriptor);
