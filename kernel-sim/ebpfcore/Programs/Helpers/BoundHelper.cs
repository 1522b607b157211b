using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>A helper as it is bound for the programs of a type.</summary>
internal sealed unsafe class BoundHelper
{
    private static readonly HelperFunction s_mapLookup = MapHelpers.MapLookupElem;

    /// <param name="prototype">Its signature.</param>
    /// <param name="body">The method to run.</param>
    public BoundHelper(HelperPrototype prototype, HelperFunction body)
    {
        Prototype = prototype;
        Body = body;
        Pointers = HelperPointer.Of(prototype);
        ReturnsMapValue = prototype.ReturnType == HelperReturnType.PtrToMapValueOrNull;
        IsMapLookup = body == s_mapLookup;
    }

    /// <summary>Its signature.</summary>
    public HelperPrototype Prototype { get; }

    /// <summary>The method to run.</summary>
    public HelperFunction Body { get; }

    /// <summary>Its arguments that are pointers: those of code that nobody has verified are checked before a call.</summary>
    public HelperPointer[] Pointers { get; }

    /// <summary>Whether its result may point into a map.</summary>
    public bool ReturnsMapValue { get; }

    /// <summary>Whether it is the driver's own <c>bpf_map_lookup_elem</c>.</summary>
    public bool IsMapLookup { get; }
}
