namespace KernelSim.Protocol;

/// <summary>
/// What callers test an errno for, by name: <c>library.errno.IsNotFound</c>. A result that has no errno of its own shows as
/// <see cref="Errno.EOTHER"/>, for which none of these is true; compare the <see cref="EbpfResult"/> instead.
/// </summary>
public static class ErrnoPredicates
{
    /// <param name="errno">The errno of a failed call; for <see cref="Errno.None"/> all are false.</param>
    extension(Errno errno)
    {
        /// <summary>
        /// ENOENT: no such key, object or path, or no next one. Of EBPF_OBJECT_NOT_FOUND, EBPF_FILE_NOT_FOUND, EBPF_KEY_NOT_FOUND and
        /// EBPF_NO_MORE_KEYS.
        /// </summary>
        public bool IsNotFound => errno == Errno.ENOENT;

        /// <summary>EEXIST: the key has an element, or the path a pin. Of EBPF_OBJECT_ALREADY_EXISTS.</summary>
        public bool AlreadyExists => errno == Errno.EEXIST;

        /// <summary>
        /// EINVAL: a size, flag, index or object is not valid for the call. Of EBPF_INVALID_ARGUMENT, EBPF_INVALID_OBJECT,
        /// EBPF_ALREADY_INITIALIZED and EBPF_EXTENSION_FAILED_TO_LOAD.
        /// </summary>
        public bool IsInvalidArgument => errno == Errno.EINVAL;

        /// <summary>ENOSPC: the map is full, and its type neither grows nor evicts. Of EBPF_OUT_OF_SPACE.</summary>
        public bool IsFull => errno == Errno.ENOSPC;

        /// <summary>
        /// EPERM or EACCES: the process lacks the right, of EBPF_ACCESS_DENIED; or the program failed verification, of EBPF_VERIFICATION_FAILED.
        /// </summary>
        public bool IsAccessDenied => errno is Errno.EPERM or Errno.EACCES;

        /// <summary>EBADF: the descriptor is not open. Of EBPF_INVALID_FD.</summary>
        public bool IsBadDescriptor => errno == Errno.EBADF;

        /// <summary>ENOTSUP: the map type, or this build, does not have the operation. Of EBPF_OPERATION_NOT_SUPPORTED.</summary>
        public bool IsNotSupported => errno == Errno.ENOTSUP;

        /// <summary>ENOMEM: pool, the process's heap or its table of descriptors is exhausted. Of EBPF_NO_MEMORY.</summary>
        public bool IsOutOfMemory => errno == Errno.ENOMEM;

        /// <summary>ENOBUFS: the caller's buffer is too small for the reply. Of EBPF_INSUFFICIENT_BUFFER.</summary>
        public bool IsBufferTooSmall => errno == Errno.ENOBUFS;

        /// <summary>EFAULT: memory that the call named is not accessible. Of EBPF_INVALID_POINTER.</summary>
        public bool IsBadAddress => errno == Errno.EFAULT;

        /// <summary>EBUSY: the object is in a state that does not allow the call now. No result; of the library alone.</summary>
        public bool IsBusy => errno == Errno.EBUSY;
    }
}
