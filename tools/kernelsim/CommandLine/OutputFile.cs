using System.Text;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// A file that a verb makes. It is there in full or not at all: a new one gets its name when it is complete, one that was there before
/// is written in place (it may be a pipe or a link) and emptied if that fails.
/// </summary>
internal static class OutputFile
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a file of text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be, such as <c>a file to write the page to</c>.</param>
    /// <param name="write">Writes it, and returns why it could not; null when it could.</param>
    /// <returns>Why there is no file; null when there is one.</returns>
    public static Failure? Write(string path, string expected, Func<TextWriter, Failure?> write) => WriteBytes(path, expected, file =>
    {
        StreamWriter writer = new(file, s_utf8) { NewLine = "\n" };
        Failure? failure = write(writer);
        writer.Flush();
        return failure;
    });

    /// <summary>Writes a file of bytes.</summary>
    /// <inheritdoc cref="Write"/>
    public static Failure? WriteBytes(string path, string expected, Func<Stream, Failure?> write)
    {
        try
        {
            bool isNew = !File.Exists(path) && new FileInfo(path).LinkTarget is null && !Directory.Exists(path);
            return isNew ? WriteNew(path, write) : WriteInPlace(path, write);
        }
        catch (Exception exception) when (Failure.FromHost(path, expected, exception) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Refuses an output that would overwrite another file of the same command.</summary>
    /// <param name="path">The output; null when it goes to standard output.</param>
    /// <param name="other">The input or the other output, null when there is none.</param>
    /// <param name="role">What the other is, such as <c>the trace to read</c>.</param>
    /// <param name="expected">What the output should be, such as <c>a file to write the page to</c>.</param>
    /// <returns>Null if the two are different files.</returns>
    public static Failure? Clash(string? path, string? other, string role, string expected) =>
        path is not null && other is not null && ResolvedPath.IsSame(path, other)
            ? Failure.WrongUsage($"'{path}' given, expected {expected}: it is also {role}")
            : null;

    private static Failure? WriteNew(string path, Func<Stream, Failure?> write)
    {
        string unfinished = $"{path}.{Environment.ProcessId}.part";
        Failure? failure;
        try
        {
            using (FileStream file = new(unfinished, FileMode.Create, FileAccess.Write))
            {
                failure = write(file);
            }

            if (failure is null)
            {
                File.Move(unfinished, path, overwrite: true);
            }
        }
        finally
        {
            if (File.Exists(unfinished))
            {
                File.Delete(unfinished);
            }
        }

        return failure;
    }

    private static Failure? WriteInPlace(string path, Func<Stream, Failure?> write)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        bool isComplete = false;
        try
        {
            Failure? failure = write(file);
            isComplete = failure is null;
            return failure;
        }
        catch (IOException exception) when (OutputException.OfReader(exception) is { } gone)
        {
            throw gone;
        }
        finally
        {
            // Emptied, not deleted: it may be a device. That has no length.
            if (!isComplete && file.CanSeek && RandomAccess.GetLength(file.SafeFileHandle) > 0)
            {
                file.SetLength(0);
            }
        }
    }
}
