namespace KernelSim.Tool.Lab.Grading.Answers;

/// <summary>A question whose answer is a field of a JSON file.</summary>
/// <param name="Name">The field.</param>
/// <param name="Points">Points for the right answer.</param>
/// <param name="Answer">The right answer: a number in digits, or a word. Found by running the machine.</param>
/// <param name="Expected">What the answer is, without giving it away.</param>
/// <param name="Look">Where to look for it.</param>
internal sealed record AnswerField(string Name, int Points, string Answer, string Expected, string Look);
