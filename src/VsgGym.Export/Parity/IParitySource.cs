namespace VsgGym.Export;

/// <summary>The source of an exported file: draws inputs, and says what the file must answer.</summary>
internal interface IParitySource
{
    /// <summary>Rows to compute together, so that the largest tensor stays small.</summary>
    int RowsTogether { get; }

    /// <summary>Draws inputs, adds them under the file's names, and computes the source's outputs for them.</summary>
    /// <param name="random">What draws.</param>
    /// <param name="inputs">Where the file's inputs go.</param>
    IReadOnlyList<ExpectedOutput> Draw(ParityInputs random, OnnxInputs inputs);
}
