using KernelSim.Tool.CommandLine;

namespace KernelSim.TraceView.Tests;

public class TraceLibraryReferenceTests
{
    [Theory]
    [InlineData(typeof(TracePage))]
    [InlineData(typeof(KernelSimTool))]
    public void The_page_and_the_tool_are_compiled_without_the_trace_library(Type type) => Assert.DoesNotContain(
        type.Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("Microsoft.Diagnostics.", StringComparison.Ordinal));
}
