/** ioctl(2) and the request numbers in use (the same on x86-64 and arm64: both are asm-generic/ioctl.h). */
import { bind } from './libc.ts'

/** ioctl whose argument is a pointer to a struct. */
export const ioctlWithBuffer = bind<(descriptor: number, request: number, argument: Buffer) => number>(
  'int ioctl(int fd, unsigned long request, void *argument)',
)

/** ioctl whose argument is a number. */
export const ioctlWithNumber = bind<(descriptor: number, request: number, argument: number) => number>(
  'int ioctl(int fd, unsigned long request, long argument)',
)

/** linux/fs.h: _IOW(0x94, 9, int), _IOW(0x94, 13, struct file_clone_range), _IOWR('f', 11, struct fiemap), _IOR('f', 1, long), _IOW('f', 2, long). */
export const requests = {
  FICLONE: 0x4004_9409,
  FICLONERANGE: 0x4020_940d,
  FS_IOC_FIEMAP: 0xc020_660b,
  FS_IOC_GETFLAGS: 0x8008_6601,
  FS_IOC_SETFLAGS: 0x4008_6602,
} as const
