namespace KernelSim.DocsSite.Slides;

/// <summary>One slide. All markup is HTML that needs nothing but itself.</summary>
/// <param name="Title">Its heading, as plain text.</param>
/// <param name="Heading">Its heading, as markup.</param>
/// <param name="Body">What the class sees at once.</param>
/// <param name="Answer">What it sees on a key press; empty for none.</param>
/// <param name="Notes">What only the teacher sees: the text of the page between this slide and the next.</param>
/// <param name="IsSection">Whether it is the title of a part, made from a heading of the page.</param>
internal sealed record Slide(string Title, string Heading, string Body, string Answer, string Notes, bool IsSection);
