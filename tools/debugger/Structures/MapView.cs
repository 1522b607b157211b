using System.Globalization;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;

namespace KernelSim.Debugger.Structures;

/// <summary>A map: its definition and the layout of its values. What is in it, a store of <c>Stores</c> reads.</summary>
/// <param name="map">The <see cref="EbpfMap"/>.</param>
internal sealed class MapView(ITargetObject map)
{
    private static readonly KernelField s_name = KernelField.Property<EbpfMap>(nameof(EbpfMap.Name));
    private static readonly KernelField s_definition = KernelField.Of<EbpfMap>("_definition");
    private static readonly KernelField s_type = KernelField.Of<EbpfMapDefinition>(nameof(EbpfMapDefinition.Type));
    private static readonly KernelField s_keySize = KernelField.Of<EbpfMapDefinition>(nameof(EbpfMapDefinition.KeySize));
    private static readonly KernelField s_maxEntries = KernelField.Of<EbpfMapDefinition>(nameof(EbpfMapDefinition.MaxEntries));
    private static readonly KernelField s_layout = KernelField.Property<EbpfMap>(nameof(EbpfMap.Layout));
    private static readonly KernelField s_valueSize = KernelField.Property<PerCpuLayout>(nameof(PerCpuLayout.ValueSize));
    private static readonly KernelField s_stride = KernelField.Property<PerCpuLayout>(nameof(PerCpuLayout.Stride));
    private static readonly KernelField s_slots = KernelField.Property<PerCpuLayout>(nameof(PerCpuLayout.SlotCount));
    private static readonly KernelField s_total = KernelField.Property<PerCpuLayout>(nameof(PerCpuLayout.Total));

    public EbpfObjectView Object { get; } = new(map);

    public uint Id => Object.Id;

    public string Name => map.Text(s_name) ?? "";

    public BpfMapType Type => (BpfMapType)map.Struct(s_definition).Integer(s_type);

    /// <summary>bpftool's name of the type; of a number that no type has, the number.</summary>
    public string TypeName => MapTypeTable.Find(Type)?.Name ?? ((uint)Type).ToString(CultureInfo.InvariantCulture);

    public uint KeySize => (uint)map.Struct(s_definition).Integer(s_keySize);

    public uint MaxEntries => (uint)map.Struct(s_definition).Integer(s_maxEntries);

    /// <summary>Size of one CPU's value in bytes.</summary>
    public uint ValueSize => (uint)map.Struct(s_layout).Integer(s_valueSize);

    /// <summary>Distance from one CPU's value to the next, in bytes.</summary>
    public uint Stride => (uint)map.Struct(s_layout).Integer(s_stride);

    /// <summary>Number of values that an element has: one for each CPU, or one.</summary>
    public int Slots => (int)map.Struct(s_layout).Integer(s_slots);

    /// <summary>Size in bytes of an element's value with all slots.</summary>
    public uint ValueBytes => (uint)map.Struct(s_layout).Integer(s_total);

    /// <summary>Whether an element has a value for each CPU.</summary>
    public bool IsPerCpu => Type.IsPerCpu();
}
