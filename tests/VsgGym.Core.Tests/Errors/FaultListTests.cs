namespace VsgGym.Core.Tests;

public sealed class FaultListTests
{
    [Fact]
    public void ThrowIfAny_OfAnEmptyList_DoesNothing()
    {
        var faults = new FaultList();
        faults.ThrowIfAny();
        Assert.Equal(0, faults.Count);
    }

    [Fact]
    public void ThrowIfAny_OfOneFault_SaysItInOneLine()
    {
        var faults = new FaultList();
        faults.Add("options.rate", 1.5, "must be in [0, 1]", "out_of_range");
        var error = Assert.Throws<VsgGymException>(faults.ThrowIfAny);
        Assert.Equal("options.rate = 1.5: must be in [0, 1]", error.Message);
        Assert.Equal(ErrorKind.InvalidArgument, error.Kind);
        Assert.Equal(new Fault("options.rate", "1.5", "must be in [0, 1]", "out_of_range"), Assert.Single(error.Faults));
    }

    [Fact]
    public void ThrowIfAny_OfTwoFaults_ListsBoth()
    {
        var faults = new FaultList();
        faults.Add("a", null, "is missing");
        faults.Add("b", "x", "is wrong");
        Assert.Equal("2 faults:\n  a: is missing\n  b = x: is wrong", Assert.Throws<VsgGymException>(faults.ThrowIfAny).Message);
    }

    [Theory]
    [InlineData(50, 50, "f49")]
    [InlineData(51, 51, "...")]
    [InlineData(1000, 51, "...")]
    public void ToException_OfManyFaults_IsCutAndSaysSo(int added, int shown, string last)
    {
        var faults = new FaultList();
        for (int i = 0; i < added; i++) faults.Add($"f{i}", i, "is wrong");
        var error = faults.ToException();
        Assert.Equal((added, shown, last), (faults.Count, error.Faults.Count, error.Faults[^1].Path));
        string header = added > 50 ? $"{added} faults, the first 50:" : $"{added} faults:";
        Assert.StartsWith(header, error.Message, StringComparison.Ordinal);
        if (added > 50) Assert.Equal($"and {added - 50} more faults", error.Faults[^1].Rule);
    }

    [Fact]
    public void AddAll_OfACutError_CountsWhatItDidNotShow()
    {
        var cut = new FaultList(most: 10);
        for (int i = 0; i < 2048; i++) cut.Add($"f{i}", i, "is wrong");
        var faults = new FaultList();
        faults.Add("name", null, "is missing");
        faults.AddAll(cut.ToException());
        var error = faults.ToException();
        Assert.Equal((2049, 12, "and 2038 more faults"), (faults.Count, error.Faults.Count, error.Faults[^1].Rule));
        Assert.StartsWith("2049 faults, the first 11:\n  name: is missing\n  f0 = 0: is wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_OfALongValue_IsShortened()
    {
        string shown = VsgGymException.Show(new string('x', 500));
        Assert.Equal((120, true), (shown.Length, shown.EndsWith("xxx...", StringComparison.Ordinal)));
    }

    [Fact]
    public void Show_OfNumbers_KeepsEveryDigit()
    {
        Assert.Equal("0.1", VsgGymException.Show(0.1f));
        Assert.Equal("1.0000001", VsgGymException.Show(1.0000001f));
        Assert.Equal("0.30000000000000004", VsgGymException.Show(0.1 + 0.2));
        Assert.Equal("NaN", VsgGymException.Show(double.NaN));
    }
}
