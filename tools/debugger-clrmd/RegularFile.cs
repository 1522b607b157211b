using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Opens a file without waiting for the other end of a pipe.</summary>
internal static partial class RegularFile
{
    private const int ReadOnly = 0;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    /// <summary>A file to be read; null if it is none that has an end, such as a pipe.</summary>
    /// <exception cref="IOException">It cannot be opened; other exceptions as <see cref="File.OpenRead"/> has them.</exception>
    public static FileStream? Open(string path)
    {
        if (OperatingSystem.IsLinux() && !Directory.Exists(path))
        {
            using SafeFileHandle probe = new(open(path, ReadOnly | NonBlocking | CloseOnExec), ownsHandle: true);
            if (!probe.IsInvalid && !IsSeekable(probe))
            {
                return null;
            }
        }

        return File.OpenRead(path);
    }

    private static bool IsSeekable(SafeFileHandle file)
    {
        using FileStream stream = new(file, FileAccess.Read, bufferSize: 1);
        return stream.CanSeek;
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial nint open(string path, int flags);
}
