namespace KernelSim.Nt.Mm;

/// <summary>The sections that a machine has, so that their memory goes back to the host with it. Owns no reference.</summary>
internal sealed class SectionTable
{
    private readonly HashSet<MmSection> _sections = [];
    private readonly Lock _lock = new();

    public void Add(MmSection section)
    {
        lock (_lock)
        {
            _sections.Add(section);
        }
    }

    public void Remove(MmSection section)
    {
        lock (_lock)
        {
            _sections.Remove(section);
        }
    }

    /// <summary>Gives all memory back that no call in progress looks at. The machine is over.</summary>
    public void ReleaseMemory()
    {
        MmSection[] sections;
        lock (_lock)
        {
            sections = [.. _sections];
        }

        foreach (MmSection section in sections)
        {
            section.Abandon();
        }
    }
}
