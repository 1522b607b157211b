namespace KernelSim.Playground;

/// <summary>The start of the runtime; the page calls <see cref="Exports"/> afterwards.</summary>
internal static class Program
{
    private static void Main()
    {
    }
}
