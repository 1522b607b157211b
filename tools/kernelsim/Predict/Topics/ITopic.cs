using KernelSim.Tool.Predict.Questions;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>A kind of question: one file, and one row in <see cref="TopicTable"/>.</summary>
internal interface ITopic
{
    /// <summary>The name on the command line: words of lower-case letters with hyphens.</summary>
    string Name { get; }

    /// <summary>What is to be predicted, as the end of the sentence "You predict …".</summary>
    string Predicts { get; }

    /// <summary>Draws a question. One whose text has its answer in it is given up, and another is drawn.</summary>
    Question Ask(QuestionDraw draw);
}
