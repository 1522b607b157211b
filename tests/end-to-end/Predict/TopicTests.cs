using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Predict.Topics;

namespace KernelSim.EndToEnd.Tests.Predict;

/// <summary>The topics of <c>lab predict</c>: whatever the seed, a question with one right answer that it does not give away.</summary>
public sealed class TopicTests
{
    private const int Seeds = 300;

    public static TheoryData<string> Names => [.. TopicTable.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_seed_gives_a_question_that_keeps_its_answer_to_itself(string name)
    {
        ITopic topic = TopicTable.Find(name)!;
        PosedQuestion[] posed = new PosedQuestion[Seeds];
        Parallel.For(0, Seeds, i => posed[i] = PosedQuestion.Draw(topic, (ulong)i));

        Assert.All(posed, question =>
        {
            Assert.DoesNotContain(question.Answer, Words(question.Question.Text));
            Assert.True(question.IsRight(question.Answer), $"{question.Seed}: {question.Answer}");
            Assert.Equal(question.Question.Choices.Count, question.Question.Choices.Distinct().Count());
        });
        Assert.Equal(Seeds, posed.Count(q => q.Question.Listing.Count > 0 && q.Question.Listing.All(l => l.Length < 1500)));
        Assert.InRange(posed.Select(q => q.Answer).Distinct().Count(), 3, Seeds);
        Assert.InRange(posed.GroupBy(q => q.Answer).Max(g => g.Count()), 1, Seeds / 2);
        Assert.InRange(posed.Select(q => q.Question.Text).Distinct().Count(), Seeds / 3, Seeds);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_seed_asks_and_explains_the_same(string name)
    {
        foreach (int seed in (int[])[1, 2, 77])
        {
            string[] line = ["lab", "predict", name, "--seed", $"{seed}", "-c", "-j"];
            Assert.Equal(ToolRun.Of(line).Output, ToolRun.Of(line).Output);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_explanation_can_be_had_for_each_question(string name)
    {
        ITopic topic = TopicTable.Find(name)!;
        Assert.All(Enumerable.Range(0, 20), seed =>
        {
            PosedQuestion posed = PosedQuestion.Draw(topic, (ulong)seed);
            Assert.Equal(posed.Answer, posed.Question.Solve(explains: true).Answer);
            Assert.NotEmpty(posed.Explain(isNarrow: true));
        });
    }

    [Theory]
    [InlineData("first-check")]
    [InlineData("wrong-size")]
    public void The_right_one_of_several_answers_stands_at_every_place(string name)
    {
        HashSet<int> places = [];
        for (ulong seed = 0; seed < 60; seed++)
        {
            PosedQuestion posed = PosedQuestion.Draw(TopicTable.Find(name)!, seed);
            places.Add(Enumerable.Range(1, posed.Question.Choices.Count).Single(n => posed.IsRight($"{n}") == true));
        }

        Assert.Superset(new HashSet<int> { 1, 2, 3 }, places);
    }

    [Fact]
    public void Names_and_what_is_predicted_are_different_and_of_the_same_make()
    {
        Assert.True(TopicTable.All.Count >= 12);
        Assert.Equal(TopicTable.All.Count, TopicTable.All.Select(t => t.Name).Distinct().Count());
        Assert.All(TopicTable.All, t => Assert.Matches("^[a-z]+(-[a-z]+)*$", t.Name));
        Assert.All(TopicTable.All, t => Assert.Matches("^[a-z].*[^.]$", t.Predicts));
    }

    [Fact]
    public void A_topic_that_cannot_but_give_its_answers_away_asks_nothing()
    {
        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => PosedQuestion.Draw(new TellingTopic(), seed: 1));

        Assert.Contains("topic telling and seed 1 have their answers in their texts", refusal.Message, StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split([.. " \n\",:;.?{}[]()'"], StringSplitOptions.RemoveEmptyEntries);

    private sealed class TellingTopic : ITopic
    {
        public string Name => "telling";

        public string Predicts => "what the question says";

        public Question Ask(QuestionDraw draw) => new TellingQuestion();
    }

    private sealed record TellingQuestion() : Question("It is 64. What is it?", AnswerForm.Number)
    {
        public override string Setting => "";

        public override IReadOnlyList<string> Listing => [];

        public override Solution Solve(bool explains) => new("64", _ => []);
    }
}
