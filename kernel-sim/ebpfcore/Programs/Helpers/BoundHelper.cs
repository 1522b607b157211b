using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>A helper as it is bound for the programs of a type.</summary>
internal sealed class BoundHelper
{
    /// <param name="prototype">Its signature.</param>
    /// <param name="body">The method to run.</param>
    public BoundHelper(HelperPrototype prototype, HelperFunction body)
    {
        Prototype = prototype;
        Body = body;
        Pointers = HelperPointer.Of(prototype);
        ReturnsMapValue = prototype.ReturnType == HelperReturnType.PtrToMapValueOrNull;
        IsMapLookup = ReturnsMapValue && prototype.Arguments is [HelperArgumentType.PtrToMap, HelperArgumentType.PtrToMapKey];
    }

    /// <summary>Its signature.</summary>
    public HelperPrototype Prototype { get; }

    /// <summary>The method to run.</summary>
    public HelperFunction Body { get; }

    /// <summary>Its arguments that are pointers: those of code that nobody has verified are checked before a call.</summary>
    public HelperPointer[] Pointers { get; }

    /// <summary>Whether its result may point into a map.</summary>
    public bool ReturnsMapValue { get; }

    /// <summary>Whether it looks up a key in a map, and takes nothing else.</summary>
    public bool IsMapLookup { get; }
}
