using System.Reflection;

namespace KernelSim.TraceAnalysis.Tests;

public class TraceLibraryReferenceTests
{
    [Fact]
    public void The_models_are_compiled_without_the_trace_library_and_without_the_readers()
    {
        IEnumerable<string?> references = References(typeof(TraceLog).Assembly);
        Assert.DoesNotContain(references, IsOfTheTraceLibrary);
        Assert.DoesNotContain("KernelSim.TraceReading", references);
    }

    [Fact]
    public void The_readers_and_recorders_are_compiled_with_it()
    {
        // Otherwise the other test could not fail.
        Assert.Contains(References(typeof(TraceReader).Assembly), IsOfTheTraceLibrary);
    }

    private static IEnumerable<string?> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(name => name.Name);

    private static bool IsOfTheTraceLibrary(string? name) => name!.StartsWith("Microsoft.Diagnostics.", StringComparison.Ordinal);
}
