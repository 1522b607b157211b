using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>A helper as it is bound for the programs of a type.</summary>
internal sealed class BoundHelper
{
    /// <param name="prototype">Its signature.</param>
    /// <param name="body">The method to run.</param>
    /// <param name="lookUp">What it does in a map whose values are bytes, if it only looks up a key.</param>
    public BoundHelper(HelperPrototype prototype, HelperFunction body, MapLookup? lookUp)
    {
        Prototype = prototype;
        Body = body;
        Pointers = HelperPointer.Of(prototype);
        ReturnsMapValue = prototype.ReturnType == HelperReturnType.PtrToMapValueOrNull;
        LookUp = lookUp;
    }

    /// <summary>Its signature.</summary>
    public HelperPrototype Prototype { get; }

    /// <summary>The method to run.</summary>
    public HelperFunction Body { get; }

    /// <summary>Its arguments that are pointers: those of code that nobody has verified are checked before a call.</summary>
    public HelperPointer[] Pointers { get; }

    /// <summary>Whether its result may point into a map.</summary>
    public bool ReturnsMapValue { get; }

    /// <summary>For a helper that only looks up a key: the same for callers that have found the map. Null for all others.</summary>
    public MapLookup? LookUp { get; }
}
