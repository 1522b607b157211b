namespace KernelSim.Nt.Ex;

/// <summary>The lookaside lists of a machine that have not been deleted, for the shutdown report.</summary>
internal sealed class LookasideRegistry
{
    private readonly HashSet<LookasideList> _lists = [];

    public void Add(LookasideList list)
    {
        lock (_lists)
        {
            _lists.Add(list);
        }
    }

    public void Remove(LookasideList list)
    {
        lock (_lists)
        {
            _lists.Remove(list);
        }
    }

    public void ReportLeaks(List<string> leaks)
    {
        lock (_lists)
        {
            leaks.AddRange(_lists
                .Select(l => $"lookaside '{l.Tag}': not deleted, {l.Outstanding} blocks of {l.BlockBytes} bytes out")
                .Order(StringComparer.Ordinal));
        }
    }
}
