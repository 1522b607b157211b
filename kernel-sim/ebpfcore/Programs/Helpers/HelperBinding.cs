using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>A helper as it is bound for the programs of a type.</summary>
internal sealed class HelperBinding
{
    /// <param name="prototype">Its signature.</param>
    /// <param name="body">The method to run.</param>
    public HelperBinding(HelperPrototype prototype, HelperFunction body)
    {
        Prototype = prototype;
        Body = body;
        Pointers = HelperPointer.Of(prototype);
        ReturnsMapValue = prototype.ReturnType == HelperReturnType.PtrToMapValueOrNull;
        DeletesElement = body == MapHelpers.MapLookupAndDeleteElem;
        IsMapLookup = DeletesElement || body == MapHelpers.MapLookupElem;
    }

    /// <summary>Its signature.</summary>
    public HelperPrototype Prototype { get; }

    /// <summary>The method to run.</summary>
    public HelperFunction Body { get; }

    /// <summary>Its arguments that are pointers: those of code that nobody has verified are checked before a call.</summary>
    public HelperPointer[] Pointers { get; }

    /// <summary>Whether its result may point into a map.</summary>
    public bool ReturnsMapValue { get; }

    /// <summary>Whether it is the driver's own look-up in a map.</summary>
    public bool IsMapLookup { get; }

    /// <summary>Whether it is the look-up that deletes the element too.</summary>
    public bool DeletesElement { get; }
}
