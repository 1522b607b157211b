namespace KernelSim.Nt.Mm;

/// <summary>The machine's sections, so that their memory is returned to the host with it. Holds no references.</summary>
internal sealed class SectionTable
{
    private readonly List<MmSection> _sections = [];
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

    /// <summary>Frees all memory that no call in progress uses. The machine is shutting down.</summary>
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
