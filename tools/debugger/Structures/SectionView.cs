using KernelSim.Debugger.Targets;
using KernelSim.Nt.Mm;

namespace KernelSim.Debugger.Structures;

/// <summary>A section: pages that a driver shares with processes.</summary>
/// <param name="section">The <see cref="MmSection"/>.</param>
internal sealed class SectionView(ITargetObject section)
{
    private static readonly KernelField s_memory = KernelField.Of<MmSection>("_memory");
    private static readonly KernelField s_views = KernelField.Of<MmSection>("_views");
    private static readonly KernelField s_tag = KernelField.Of<MmSection>("_tag");
    private static readonly KernelField s_tagValue = KernelField.Property<PoolTag>(nameof(PoolTag.Value));
    private static readonly KernelField s_length = KernelField.Property<MmSection>(nameof(MmSection.Length));
    private static readonly KernelField s_address = KernelField.Property<MmSection>(nameof(MmSection.SystemAddress));

    public MemoryRange Range => new(section.Pointer(s_memory), section.Pointer(s_length), section.Pointer(s_address));

    public PoolTag Tag => new((uint)section.Struct(s_tag).Integer(s_tagValue));

    /// <summary>Number of views that processes have of it.</summary>
    public int Views => (int)section.Integer(s_views);
}
