using KernelSim.Tool.Story;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>The answer to a question, from its run.</summary>
/// <param name="Answer">The answer, as its form has it.</param>
/// <param name="Explain">
/// Why it is the answer. Takes whether the two addresses of a copy stand below each other instead of beside. Gives nothing where no explanation was
/// asked for.
/// </param>
internal sealed record Solution(string Answer, Func<bool, IReadOnlyList<StoryBlock>> Explain);
