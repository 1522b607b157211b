namespace KernelSim.Nt.Ke;

/// <summary>Levels as the WDK spells them.</summary>
public static class IrqlNames
{
    /// <summary>The name: <c>DISPATCH_LEVEL</c>.</summary>
    public static string NameOf(Irql irql) => $"{irql.ToString().ToUpperInvariant()}_LEVEL";
}
