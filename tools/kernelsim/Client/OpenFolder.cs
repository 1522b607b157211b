using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace KernelSim.Tool.Client;

/// <summary>
/// A folder of Linux's that is open, so that what was found out about it stays true. .NET opens no folders and names no owners.
/// </summary>
internal sealed unsafe partial class OpenFolder : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int EmptyPath = 0x1000;
    private const uint WantOwner = 0x8;

    // struct statx, which is the same on every architecture.
    private const int StatusBytes = 256;
    private const int OwnerOffset = 20;

    private readonly SafeFileHandle _handle;

    private OpenFolder(SafeFileHandle handle, uint owner)
    {
        _handle = handle;
        Owner = owner;
    }

    /// <summary>The user on whose behalf this process acts.</summary>
    public static uint CurrentUser => geteuid();

    /// <summary>Whose it is.</summary>
    public uint Owner { get; }

    /// <summary>A path that leads into this folder, whatever stands under its name by now.</summary>
    public string Entry => $"/proc/self/fd/{_handle.DangerousGetHandle()}";

    // These two flags are the ones that differ between architectures.
    private static bool HasArmFlags =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Armv6 or Architecture.Arm64 or Architecture.Ppc64le;

    private static int FolderOnly => HasArmFlags ? 0x4000 : 0x10000;

    private static int NoLink => HasArmFlags ? 0x8000 : 0x20000;

    /// <summary>Whether a user's files can be trusted: the current user's and root's, who has access to everything anyway.</summary>
    public static bool IsTrusted(uint user) => user == CurrentUser || user == 0;

    /// <summary>Opens a folder; null if it is a link, is not a folder or may not be read.</summary>
    public static OpenFolder? TryOpen(string path) => TryOpen(path, FolderOnly | NoLink | CloseOnExec);

    /// <summary>The owner of the folder that a path leads to, over links too; null where that cannot be known.</summary>
    public static uint? OwnerOf(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        using OpenFolder? folder = TryOpen(path, FolderOnly | CloseOnExec);
        return folder?.Owner;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static OpenFolder? TryOpen(string path, int flags)
    {
        SafeFileHandle handle = new(open(path, flags), ownsHandle: true);
        byte* status = stackalloc byte[StatusBytes];
        if (handle.IsInvalid || statx((int)handle.DangerousGetHandle(), "", EmptyPath, WantOwner, status) != 0)
        {
            handle.Dispose();
            return null;
        }

        return new OpenFolder(handle, *(uint*)(status + OwnerOffset));
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int statx(int folder, string path, int flags, uint mask, byte* status);
}
