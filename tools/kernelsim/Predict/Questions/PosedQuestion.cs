using System.Globalization;
using KernelSim.Tool.Predict.Topics;
using KernelSim.Tool.Story;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>A question with its topic and seed, which together say all of it, and its answer.</summary>
internal sealed class PosedQuestion
{
    /// <summary>A topic whose questions give their answers away so often in a row is broken.</summary>
    private const int MostAttempts = 200;

    /// <summary>An answer of so many characters may not even be a part of a word.</summary>
    private const int LongAnswer = 3;

    private PosedQuestion(ITopic topic, ulong seed, Question question, string answer)
    {
        (Topic, Seed, Question, Answer) = (topic, seed, question, answer);
    }

    /// <summary>The kind of the question.</summary>
    public ITopic Topic { get; }

    /// <summary>The seed that it was drawn from.</summary>
    public ulong Seed { get; }

    /// <summary>The question.</summary>
    public Question Question { get; }

    /// <summary>Its answer, as its form has it.</summary>
    public string Answer { get; }

    /// <summary>The answer as a student writes it: the number of one of several, from 1, and anything else in the one form of its kind.</summary>
    public string WrittenAnswer => Choice is { } index ? (index + 1).ToString(CultureInfo.InvariantCulture) : Answer;

    /// <summary>The answer as people read it: with its number where the question has several to choose from.</summary>
    public string SpelledAnswer => Choice is null ? Answer : $"{WrittenAnswer} ({Answer})";

    /// <summary>The text of the right one of several answers; null where the answer is free.</summary>
    public string? ChoiceText => Choice is { } index ? Question.Choices[index] : null;

    private int? Choice
    {
        get
        {
            for (int i = 0; i < Question.Choices.Count; i++)
            {
                if (Question.Form.Read((i + 1).ToString(CultureInfo.InvariantCulture)) == Answer)
                {
                    return i;
                }
            }

            return null;
        }
    }

    /// <summary>Draws a question, and runs it to know the answer.</summary>
    /// <exception cref="InvalidOperationException">The topic cannot ask without giving the answer away.</exception>
    public static PosedQuestion Draw(ITopic topic, ulong seed)
    {
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            Question question = topic.Ask(new QuestionDraw(seed, topic.Name, attempt));
            string answer = question.Solve(explains: false).Answer;
            if (!Gives($"{seed}\n{question.Text}", answer))
            {
                return new PosedQuestion(topic, seed, question, answer);
            }
        }

        throw new InvalidOperationException(
            $"{MostAttempts} questions of topic {topic.Name} and seed {seed} have their answers in their texts, expected one that has not");
    }

    /// <summary>Questions one after the other: of a topic, or of all topics in turn, beginning with one that the seed chooses.</summary>
    /// <param name="topic">The topic; null for all.</param>
    /// <param name="seed">The seed of the first question; the others have those that follow.</param>
    public static IEnumerable<PosedQuestion> DrawAll(ITopic? topic, ulong seed)
    {
        int first = new QuestionDraw(seed, "topics", attempt: 0).Number(0, TopicTable.All.Count - 1);
        for (ulong i = 0; ; i++)
        {
            yield return Draw(topic ?? TopicTable.All[(first + (int)(i % (uint)TopicTable.All.Count)) % TopicTable.All.Count], unchecked(seed + i));
        }
    }

    /// <summary>Whether what somebody wrote is the answer; null if it is no answer of the question's form.</summary>
    public bool? IsRight(string given) => Question.Form.Read(given.Trim()) is { } read ? read == Answer : null;

    /// <summary>Runs it again, and explains the answer.</summary>
    /// <param name="isNarrow">Whether the two addresses of a copy stand below each other instead of beside.</param>
    public IReadOnlyList<StoryBlock> Explain(bool isNarrow) => Question.Solve(explains: true).Explain(isNarrow);

    private static bool Gives(string text, string answer)
    {
        for (int at = text.IndexOf(answer, StringComparison.OrdinalIgnoreCase); at >= 0;
            at = text.IndexOf(answer, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            bool isWord = (at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
                && (at + answer.Length == text.Length || !char.IsAsciiLetterOrDigit(text[at + answer.Length]));
            if (isWord || answer.Length >= LongAnswer)
            {
                return true;
            }
        }

        return false;
    }
}
