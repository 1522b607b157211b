namespace KernelSim.LabScripts.Runs;

/// <summary>What is wrong with a line, before any run.</summary>
/// <param name="Line">The line, from 1, comments and blank lines counted.</param>
/// <param name="Column">The first character that it is about, from 1.</param>
/// <param name="Length">The number of characters, at least 1 unless the line is empty.</param>
/// <param name="Message">What was given, before what was expected.</param>
internal sealed record ScriptDiagnostic(int Line, int Column, int Length, string Message);
