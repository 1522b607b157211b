using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>Files of this host, with errnos for what its file system refuses.</summary>
internal static class HostFiles
{
    /// <summary>The word for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>Opens a file to read it.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="content">Its bytes; null on failure.</param>
    public static Errno OpenRead(string path, out Stream? content)
    {
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

    private static Errno? ErrnoOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => Errno.ENOENT,
        UnauthorizedAccessException => Errno.EACCES,
        PathTooLongException => Errno.ENAMETOOLONG,
        ArgumentException => Errno.ENOENT,
        IOException or NotSupportedException => Errno.EIO,
        _ => null,
    };
}
