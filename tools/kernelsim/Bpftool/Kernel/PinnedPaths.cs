using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>The paths where objects of a kind are pinned, by the objects' ids.</summary>
internal sealed class PinnedPaths
{
    private const string Prefix = "BPF:";

    private readonly Dictionary<uint, List<string>> _byId = [];

    private PinnedPaths()
    {
    }

    /// <summary>Whether no object of the kind is pinned.</summary>
    public bool IsEmpty => _byId.Count == 0;

    /// <summary>No paths: where they were not asked for.</summary>
    public static PinnedPaths None { get; } = new();

    /// <summary>The paths where an object is pinned.</summary>
    public IReadOnlyList<string> Of(uint id) => _byId.GetValueOrDefault(id) ?? [];

    /// <summary>Looks all of them up.</summary>
    public static PinnedPaths Find(BpftoolKernel kernel, ObjectKind kind)
    {
        PinnedPaths paths = new();
        for (string path = ""; kernel.NextPinned(ref path, kind);)
        {
            int fd = kernel.OpenPinned(path);
            if (fd < 0)
            {
                // It was unpinned meanwhile.
                continue;
            }

            // The id is the first field of each kind's facts.
            BpfMapInfo info = default;
            if (kernel.GetInfo(fd, ref info) == 0)
            {
                paths.Add(info.Id, path);
            }

            kernel.Close(fd);
        }

        return paths;
    }

    /// <summary>A canonical path in the form that Linux has, which the machine takes as well.</summary>
    private static string Spell(string path) =>
        path.StartsWith(Prefix, StringComparison.Ordinal) ? path[Prefix.Length..].Replace('\\', '/') : path;

    private void Add(uint id, string path)
    {
        if (!_byId.TryGetValue(id, out List<string>? paths))
        {
            _byId.Add(id, paths = []);
        }

        paths.Add(Spell(path));
    }
}
