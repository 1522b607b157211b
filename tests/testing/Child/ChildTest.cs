namespace KernelSim.Testing.Tests.Child;

/// <summary>How a test of the child process ended.</summary>
/// <param name="Name">Its name, with its arguments.</param>
/// <param name="Result">Pass or Fail.</param>
/// <param name="Exception">The type of the exception that failed it; empty for none.</param>
/// <param name="Message">The message of the failure; empty for none.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Attachments">The names of its attachments.</param>
public sealed record ChildTest(
    string Name, string Result, string Exception, string Message, string Output, IReadOnlyList<string> Attachments);
