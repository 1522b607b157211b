using System.Runtime.InteropServices;

namespace KernelSim.HostBpf;

/// <summary>The calls of Linux that this project uses. Each returns -errno on failure.</summary>
internal static unsafe partial class HostSystemCalls
{
    private const int ReadWrite = 3;
    private const int ReadOnly = 1;
    private const int Shared = 1;

    /// <summary>bpf(2). The attributes stay the caller's, and are pinned or on its stack.</summary>
    public static int Bpf(int command, void* attributes, int size)
    {
        nint number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;
        nint result = Syscall(number, command, (nint)attributes, size);
        return result < 0 ? -Marshal.GetLastPInvokeError() : (int)result;
    }

    /// <summary>mmap(2) of a descriptor, shared; null on failure.</summary>
    public static byte* Map(int fd, nuint offset, nuint length, bool canWrite)
    {
        nint address = MemoryMap(0, length, canWrite ? ReadWrite : ReadOnly, Shared, fd, (nint)offset);
        return address == -1 ? null : (byte*)address;
    }

    /// <summary>munmap(2).</summary>
    public static void Unmap(byte* address, nuint length) => _ = MemoryUnmap((nint)address, length);

    /// <summary>close(2).</summary>
    public static void Close(int fd) => _ = CloseDescriptor(fd);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint command, nint attributes, nint size);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int fd);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MemoryMap(nint address, nuint length, int protection, int flags, int fd, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int MemoryUnmap(nint address, nuint length);
}
