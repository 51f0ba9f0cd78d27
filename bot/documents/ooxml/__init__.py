"""A Word file of a stranger, rebuilt from what is known to be good.

`package` opens it within bounds, `allowed` says what may stay, `sieve` and `fields` keep that of a
part, `pictures` draws its pictures anew, `styles` and `frame` make the parts around it, and
`rebuild` writes a package of our own that holds nothing else.
"""
