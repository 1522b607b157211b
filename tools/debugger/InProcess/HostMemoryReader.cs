using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KernelSim.Debugger.InProcess;

/// <summary>
/// Reads this process's memory through the operating system, as one process reads another's: an address with nothing behind it is refused, not a
/// fault that would end the process. A browser has no such service: there the memory is read where the kernel's tables say that it is, which are
/// those of this process. On other hosts nothing can be read.
/// </summary>
internal sealed unsafe partial class HostMemoryReader : IDisposable
{
    private readonly SafeFileHandle? _memory;

    private HostMemoryReader(SafeFileHandle? memory) => _memory = memory;

    /// <summary>Opens the memory.</summary>
    public static HostMemoryReader Open() => new(OperatingSystem.IsLinux() ? File.OpenHandle("/proc/self/mem") : null);

    /// <summary>Reads all bytes; false if one of them cannot be read.</summary>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return true;
        }

        if (address > long.MaxValue - (ulong)bytes.Length)
        {
            return false;
        }

        fixed (byte* place = bytes)
        {
            if (OperatingSystem.IsBrowser())
            {
                return ReadHere(address, bytes);
            }

            return OperatingSystem.IsLinux() ? ReadFile((long)address, bytes)
                : OperatingSystem.IsWindows()
                    && ReadWindows(-1, (nuint)address, place, (nuint)bytes.Length, out nuint read) && read == (nuint)bytes.Length;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory?.Dispose();

    private static bool ReadHere(ulong address, Span<byte> bytes)
    {
        if (address == 0 || address > nuint.MaxValue - (ulong)bytes.Length)
        {
            return false;
        }

        new ReadOnlySpan<byte>((void*)address, bytes.Length).CopyTo(bytes);
        return true;
    }

    private bool ReadFile(long address, Span<byte> bytes)
    {
        try
        {
            for (int read = 0; read < bytes.Length;)
            {
                int more = RandomAccess.Read(_memory!, bytes[read..], address + read);
                if (more == 0)
                {
                    return false;
                }

                read += more;
            }

            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("kernel32", EntryPoint = "ReadProcessMemory")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool ReadWindows(nint process, nuint address, byte* bytes, nuint count, out nuint read);
}
