namespace KernelSim.Tool.Replay;

/// <summary>Files and folders of recorded messages.</summary>
internal static class MessagePaths
{
    /// <summary>
    /// Expands paths to files: a folder stands for the files in it, in ordinal order, without hidden ones and subfolders.
    /// </summary>
    /// <param name="paths">The paths that the user gave.</param>
    /// <param name="files">The resulting files.</param>
    /// <returns>The failure for the first path that does not exist; otherwise null.</returns>
    public static Failure? Expand(IEnumerable<string> paths, out IReadOnlyList<string> files)
    {
        List<string> found = [];
        files = found;
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                if (!File.Exists(path))
                {
                    return Failure.FromHost(path, "a recorded message or a folder of them", new FileNotFoundException());
                }

                found.Add(path);
                continue;
            }

            try
            {
                string[] inFolder =
                [
                    .. Directory.EnumerateFiles(path).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal),
                ];
                if (inFolder.Length == 0)
                {
                    return new Failure($"'{path}' given, expected a recorded message or a folder of them: the folder has no files");
                }

                found.AddRange(inFolder);
            }
            catch (Exception exception) when (Failure.FromHost(path, "a folder of recorded messages", exception) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }
}
