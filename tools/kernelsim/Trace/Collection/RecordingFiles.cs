using System.Globalization;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// The files of one recording: the one that was named, for the first program that has something to say, and one beside it for each
/// further program, with a number before the extension. What the named file held stays until there is something to write.
/// </summary>
internal sealed class RecordingFiles : IDisposable
{
    private static readonly string[] s_standardOutput = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly Stream _named;
    private readonly bool _isNew;
    private int _taken;

    private RecordingFiles(string path, Stream named, bool isNew)
    {
        _path = path;
        _named = named;
        _isNew = isNew;
        IsRegular = named is FileStream file && IsFile(file);
    }

    /// <summary>Whether the named file can be read again; a pipe or a device cannot, and takes one program only.</summary>
    public bool IsRegular { get; }

    /// <summary>Whether a path means the standard output of this process.</summary>
    public static bool IsStandardOutput(string path) => s_standardOutput.Contains(path);

    /// <summary>Opens the named file. Waits for a reader where it is a pipe.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be opened.</exception>
    public static RecordingFiles Open(string path)
    {
        if (IsStandardOutput(path))
        {
            return new RecordingFiles(path, StandardStreams.OpenOutput(), isNew: false);
        }

        bool isNew = !File.Exists(path);
        return new RecordingFiles(path, OpenFile(path), isNew);
    }

    /// <summary>Takes the next file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="order">Its place among those that were taken, from 1.</param>
    /// <returns>The file, empty, which the caller disposes of; null when there is no room beside the named one.</returns>
    public Stream? Take(out string path, out int order)
    {
        lock (_lock)
        {
            (path, order) = (_path, _taken + 1);
            if (_taken == 0)
            {
                if (IsRegular)
                {
                    _named.SetLength(0);
                }

                _taken++;
                return _named;
            }

            if (!IsRegular)
            {
                return null;
            }

            string number = order.ToString(CultureInfo.InvariantCulture);
            path = Path.Combine(
                Path.GetDirectoryName(_path) ?? string.Empty,
                $"{Path.GetFileNameWithoutExtension(_path)}.{number}{Path.GetExtension(_path)}");
            FileStream next = OpenFile(path);
            next.SetLength(0);
            _taken++;
            return next;
        }
    }

    /// <summary>Closes the named file, and deletes it if nobody has taken it and it was not there before.</summary>
    public void Dispose()
    {
        _named.Dispose();
        if (_taken == 0 && _isNew)
        {
            File.Delete(_path);
        }
    }

    /// <summary>Without a buffer: what was written is in the file, whatever happens next.</summary>
    private static FileStream OpenFile(string path) => new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>A device may say that it can seek, but it has no length to set.</summary>
    private static bool IsFile(FileStream file)
    {
        try
        {
            file.SetLength(file.Length);
            return true;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            return false;
        }
    }
}
