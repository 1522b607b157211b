using System.Runtime.InteropServices;

namespace KernelSim.Nt.Mm;

/// <summary>
/// Zero-filled memory straight from the host, aligned to 16 bytes, which goes back to it when freed. On Linux it is mapped: the C library keeps
/// freed blocks of up to 32 MiB for itself. Elsewhere it comes from the host's allocator.
/// </summary>
internal static unsafe partial class HostMemory
{
    /// <summary>Size of a huge page, which spares a program with much memory most of its address translations.</summary>
    public const nuint HugePageBytes = 2 * 1024 * 1024;

    // Allocators of 64-bit hosts align to it anyway, those of others to 8.
    private const nuint Alignment = 16;

    private static readonly nuint s_pageBytes = (nuint)Environment.SystemPageSize;

    // Linux, on every architecture that .NET runs on.
    private const int ReadAndWrite = 0x1 | 0x2;
    private const int PrivateAndAnonymous = 0x02 | 0x20;
    private const int AdviseHugePages = 14;

    /// <summary>Allocates memory; null if the host refuses.</summary>
    /// <param name="bytes">Size in bytes, not 0.</param>
    /// <param name="huge">
    /// Whether to ask for huge pages: the memory is aligned to them, and touching any of it makes a whole one resident.
    /// </param>
    public static byte* Allocate(nuint bytes, bool huge)
    {
        if (OperatingSystem.IsLinux())
        {
            return huge ? MapHuge(UpToPage(bytes)) : Map(UpToPage(bytes));
        }

        try
        {
            if (sizeof(void*) == sizeof(ulong))
            {
                return (byte*)NativeMemory.AllocZeroed(bytes);
            }

            byte* memory = (byte*)NativeMemory.AlignedAlloc(bytes, Alignment);
            NativeMemory.Clear(memory, bytes);
            return memory;
        }
        catch (OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>Returns memory to the host.</summary>
    /// <param name="memory">The start of what was allocated.</param>
    /// <param name="bytes">Its size, as it was asked for.</param>
    public static void Free(byte* memory, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap(memory, UpToPage(bytes));
        }
        else if (sizeof(void*) == sizeof(ulong))
        {
            NativeMemory.Free(memory);
        }
        else
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    private static nuint UpToPage(nuint bytes) => (bytes + s_pageBytes - 1) & ~(s_pageBytes - 1);

    private static byte* Map(nuint bytes)
    {
        nint memory = Map(null, bytes, ReadAndWrite, PrivateAndAnonymous, -1, 0);
        return memory == -1 ? null : (byte*)memory;
    }

    /// <summary>Maps more than is needed and cuts off what is outside of whole huge pages. If the host has none to give, small ones do.</summary>
    private static byte* MapHuge(nuint bytes)
    {
        byte* mapped = Map(bytes + HugePageBytes);
        if (mapped == null)
        {
            return null;
        }

        byte* start = (byte*)(((nuint)mapped + HugePageBytes - 1) & ~(HugePageBytes - 1));
        nuint before = (nuint)(start - mapped);
        if (before > 0)
        {
            _ = Unmap(mapped, before);
        }

        _ = Unmap(start + bytes, HugePageBytes - before);
        _ = Advise(start, bytes, AdviseHugePages);
        return start;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(void* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint bytes);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint bytes, int advice);
}
