using System.Globalization;
using System.Text;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// A process that was started with a mark in its environment, and its descendants: every process with the same mark, including one whose
/// parents have ended, and every child of one. Known on Linux only; elsewhere the family is empty.
/// </summary>
/// <param name="root">Id of the process that was started.</param>
/// <param name="mark">A string that only the environment of the family contains.</param>
internal sealed class ProcessFamily(int root, string mark)
{
    /// <summary>Members that were seen, by id, with the time when they began: the host reuses ids.</summary>
    private readonly Dictionary<int, string> _seen = [];

    private readonly Lock _lock = new();
    private readonly byte[] _mark = Encoding.UTF8.GetBytes(mark);

    /// <summary>The running members without the root.</summary>
    public IReadOnlyList<(int Id, string Name)> Others() => [.. Members().Where(m => m.Id != root).Select(m => (m.Id, m.Name))];

    /// <summary>Asks all running members to end.</summary>
    public void AskToEnd() => Members().ForEach(m => Signal(m.Id, isLast: false));

    /// <summary>Ends all running members, and what they have started in the meantime.</summary>
    public void End()
    {
        const int Rounds = 20;
        for (int i = 0; i < Rounds && Members() is { Count: > 0 } members; i++)
        {
            members.ForEach(m => Signal(m.Id, isLast: true));
        }
    }

    /// <summary>Whether any of them, the root or another, still runs.</summary>
    public bool IsAlive() => Members().Count > 0;

    private static void Signal(int id, bool isLast)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        if (isLast)
        {
            PosixSignals.End(id);
        }
        else
        {
            PosixSignals.AskToEnd(id);
        }
    }

    private List<HostProcess> Members()
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        lock (_lock)
        {
            return Find();
        }
    }

    private List<HostProcess> Find()
    {
        List<HostProcess> all = [.. Directory.EnumerateDirectories("/proc").Select(HostProcess.Read).OfType<HostProcess>()];
        HashSet<int> members = [.. all.Where(IsMember).Select(p => p.Id)];
        bool grows = true;
        while (grows)
        {
            // One generation more.
            List<HostProcess> children = [.. all.Where(p => members.Contains(p.Parent) && !members.Contains(p.Id))];
            members.UnionWith(children.Select(p => p.Id));
            grows = children.Count > 0;
        }

        List<HostProcess> found = [.. all.Where(p => members.Contains(p.Id))];
        found.ForEach(p => _seen[p.Id] = p.Began);
        return found;
    }

    private bool IsMember(HostProcess process) =>
        process.Id == root || (_seen.TryGetValue(process.Id, out string? began) && began == process.Began) || process.HasInEnvironment(_mark);

    /// <summary>A process of the host, as <c>/proc</c> describes it. One that has ended but has not been waited for does not count.</summary>
    private sealed record HostProcess(int Id, int Parent, string Name, string Began)
    {
        private const int StateField = 0;
        private const int ParentField = 1;
        private const int BeganField = 19;

        public static HostProcess? Read(string folder)
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id))
            {
                return null;
            }

            try
            {
                // The name is in parentheses and may contain anything; the fields after it are numbers, but for the state.
                string text = File.ReadAllText(Path.Combine(folder, "stat"));
                int open = text.IndexOf('(', StringComparison.Ordinal);
                int close = text.LastIndexOf(')');
                string[] fields = text[(close + 2)..].Split(' ');
                return fields[StateField] is "Z" or "X"
                    ? null
                    : new HostProcess(id, int.Parse(fields[ParentField], CultureInfo.InvariantCulture), text[(open + 1)..close], fields[BeganField]);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        public bool HasInEnvironment(ReadOnlySpan<byte> mark)
        {
            try
            {
                return File.ReadAllBytes($"/proc/{Id}/environ").AsSpan().IndexOf(mark) >= 0;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }
}
