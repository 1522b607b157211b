using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>What KernelSim prints of an element besides what bpftool prints.</summary>
internal interface IElementExtra
{
    /// <summary>Why it cannot be printed of a map's elements; null if it can.</summary>
    string? ProblemWith(MapAccess map);

    /// <summary>Prints lines after those of the element.</summary>
    void Print(TextWriter output, MapAccess map);

    /// <summary>Prints members of <c>ks</c>.</summary>
    void Print(BpftoolJson json, MapAccess map);
}
