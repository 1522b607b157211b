using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>Files of this host, with errnos for what its file system refuses.</summary>
internal static class HostFiles
{
    /// <summary>The word for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary><c>EISDIR</c>, which only hosts have.</summary>
    public const Errno IsFolder = (Errno)21;

    /// <summary>The last errno that has the same number on Linux and on the machine.</summary>
    private const int LastCommonErrno = 34;

    /// <summary>Opens a file to read it. A folder can be opened, but not be read.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="content">Its bytes; null on failure.</param>
    public static Errno OpenRead(string path, out Stream? content)
    {
        if (Directory.Exists(path))
        {
            content = new FolderStream();
            return Errno.None;
        }

        try
        {
            content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return Errno.None;
        }
        catch (Exception exception) when (ErrnoOf(exception) is { } errno)
        {
            content = null;
            return errno;
        }
    }

    /// <summary>Writes a file, or replaces it.</summary>
    public static Errno Write(string path, ReadOnlySpan<byte> content)
    {
        if (Directory.Exists(path))
        {
            return IsFolder;
        }

        try
        {
            File.WriteAllBytes(path, content);
            return Errno.None;
        }
        catch (Exception exception) when (ErrnoOf(exception) is { } errno)
        {
            return errno;
        }
    }

    /// <summary>The errno of what the host's file system has refused; null for any other exception.</summary>
    public static Errno? ErrnoOf(Exception exception) => exception switch
    {
        HostFileException refusal => refusal.Errno,
        FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
        UnauthorizedAccessException => Errno.EACCES,
        PathTooLongException => Errno.ENAMETOOLONG,
        ArgumentException => Errno.ENOENT,
        IOException { HResult: > 0 and <= LastCommonErrno } => (Errno)exception.HResult,
        IOException or NotSupportedException => Errno.EIO,
        _ => null,
    };
}
