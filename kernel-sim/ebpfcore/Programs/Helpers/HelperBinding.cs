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
        TakesContext = prototype.ImplicitContext || prototype.Arguments.Contains(HelperArgumentType.PtrToCtx);
        ReturnsMapValue = prototype.ReturnType == HelperReturnType.PtrToMapValueOrNull;
    }

    /// <summary>Its signature.</summary>
    public HelperPrototype Prototype { get; }

    /// <summary>The method to run.</summary>
    public HelperFunction Body { get; }

    /// <summary>What a caller that nobody has verified must be asked for before the call.</summary>
    public HelperPointer[] Pointers { get; }

    /// <summary>Whether it reads the program's context.</summary>
    public bool TakesContext { get; }

    /// <summary>Whether its result may point into a map.</summary>
    public bool ReturnsMapValue { get; }
}
