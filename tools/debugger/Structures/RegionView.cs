using KernelSim.Debugger.Targets;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>A region of a process's memory.</summary>
/// <param name="region">The <see cref="UserRegion"/>.</param>
internal sealed class RegionView(ITargetObject region)
{
    private static readonly KernelField s_start = KernelField.Parameter<UserRegion>("start");
    private static readonly KernelField s_length = KernelField.Parameter<UserRegion>("length");
    private static readonly KernelField s_memory = KernelField.Parameter<UserRegion>("memory");
    private static readonly KernelField s_protection = KernelField.Of<UserRegion>("_protection");
    private static readonly KernelField s_pages = KernelField.Of<UserRegion>("_pages");
    private static readonly KernelField s_isHeapBlock = KernelField.Property<UserRegion>(nameof(UserRegion.IsHeapBlock));
    private static readonly KernelField s_section = KernelField.Property<UserRegion>(nameof(UserRegion.Section));

    public MemoryRange Range => new(region.Pointer(s_memory), region.Pointer(s_length), region.Pointer(s_start));

    /// <summary>The protection of its first page.</summary>
    public PageProtection Protection => (PageProtection)region.Integer(s_protection);

    /// <summary>Whether its pages have different protections.</summary>
    public bool IsMixed => region.ReadArray(s_pages.Name) is not null;

    /// <summary>Whether it is a block of a guarded heap.</summary>
    public bool IsHeapBlock => region.Flag(s_isHeapBlock);

    /// <summary>The section that it is a view of; null for the process's own memory.</summary>
    public SectionView? Section => region.Object(s_section) is { } section ? new SectionView(section) : null;
}
