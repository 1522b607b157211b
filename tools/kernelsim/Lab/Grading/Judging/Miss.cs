namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>The first thing that a task expected and did not find.</summary>
/// <param name="What">What was expected of what the student wrote.</param>
/// <param name="Given">What was found instead.</param>
/// <param name="Expected">What should have been found; empty where <paramref name="Given"/> says both.</param>
/// <param name="Look">Where to look: a command, or a page.</param>
internal sealed record Miss(string What, string Given, string Expected, string Look);
